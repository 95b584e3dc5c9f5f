levy quote ../fixtures/edges.json capped 100 --used capped=0.88 --explain --at 2026-11-20
