levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/stripe-balance-api.jsonl --mapping stripe-balance-api --select id,amount,fee,currency --results difference,reason
