levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/sparkasse-camt.csv --mapping sparkasse-camt --results status,fee,difference,reason
