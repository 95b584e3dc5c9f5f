levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/revolut-statement.csv --mapping revolut-statement --results status,fee,difference,reason
