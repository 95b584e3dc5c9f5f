printf '{"id": "a", "amount": "100"}\n{"id": "b", "amount": 110.0, "score": 1.2345e-38}\n{"id": "c", "amount": 1e-60}\n' | levy batch ../fixtures/fine.json --results status,fee,reason 2>/dev/null
