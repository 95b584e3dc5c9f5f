printf 'Date,Amount,Fee,Method\n03/04/2026,1.234,5,Card\n04/04/2026,2.000,6,SEPA\n' | levy mapping - ../fixtures/mapping/shop.json
