levy quote ../fixtures/edges.json plain 5 --profile ../fixtures/usage_transaction.json --at 2026-11-20
