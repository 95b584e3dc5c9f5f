printf '{"operation": "pay", "amount": "1"}\n' | levy batch ../fixtures/fine.json --csv-safe
