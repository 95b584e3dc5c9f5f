levy quote ../fixtures/edges.json capped --pay 100.12 --used capped=0.88 --json --at 2026-11-20
