levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/stripe-balance.csv --mapping stripe-balance --results status,fee,difference,reason
