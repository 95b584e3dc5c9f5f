levy batch ../fixtures/mapping/shop.json ../fixtures/mapping/statement.csv --mapping ../fixtures/mapping/statement.json --map billed= --set method=sepa --results status,fee,reason
