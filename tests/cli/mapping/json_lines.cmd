levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/stripe-balance-api.jsonl --mapping stripe-balance-api --results debit,credit
