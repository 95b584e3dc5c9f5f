printf '{"id": 1, "to-currency": "EUR", "amount": 100}\n' | levy batch ../fixtures/fine.json
