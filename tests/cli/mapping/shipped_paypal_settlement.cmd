levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/paypal-settlement.csv --mapping paypal-settlement --results status,fee,difference,reason
