levy check ../fixtures/edges.json debited --json --at 2026-11-20
