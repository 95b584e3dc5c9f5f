printf 'Date,Amount,Fee,Method\n13/04/2026,"1,234.50",5.00,Card\n04/04/2026,2.00,6.00,SEPA\n' | levy mapping - ../fixtures/mapping/shop.json --json
