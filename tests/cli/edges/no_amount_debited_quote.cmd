levy quote ../fixtures/edges.json debited --at 2026-11-20
