levy mapping ../../../examples/mappings/stripe-balance-api.jsonl ../../../examples/mappings/shop.json
