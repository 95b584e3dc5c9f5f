levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/square-transactions.csv --mapping square-transactions --results status,fee,difference,reason
