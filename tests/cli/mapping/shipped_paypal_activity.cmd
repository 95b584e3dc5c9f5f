levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/paypal-activity.csv --mapping paypal-activity --results status,fee,difference,reason
