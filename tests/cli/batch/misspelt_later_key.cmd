printf '{"amount": 100}\n{"amount": 200}\n{"Amount": 300}\n{"amount": 400}\n{"amount": 500, "curency": "EUR"}\n' | levy batch ../fixtures/fine.json --results status,fee,reason --threads 1
