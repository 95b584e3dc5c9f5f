levy quote ../fixtures/edges.json chained 100 --used capped=0.88 --json --at 2026-11-20
