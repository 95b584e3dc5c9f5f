levy quote ../fixtures/edges.json listed 5 --at 2026-11-20
