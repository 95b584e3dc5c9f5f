levy quote ../fixtures/edges.json rated 5 --rate 1.1 --at 2026-11-20
