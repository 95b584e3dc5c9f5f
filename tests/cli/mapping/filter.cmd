printf '1;12,50;EUR\n2;1.000,00;\nx\n' | levy batch ../fixtures/mapping/shop.json --mapping ../fixtures/mapping/lines.json --set method=card --filter --results status,fee,reason
