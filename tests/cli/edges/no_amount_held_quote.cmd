levy quote ../fixtures/edges.json held --balance 5 --json --at 2026-11-20
