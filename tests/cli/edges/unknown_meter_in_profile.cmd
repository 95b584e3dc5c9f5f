levy check ../fixtures/edges.json debited 5 --profile ../fixtures/usage_unknown.json --json --at 2026-11-20
