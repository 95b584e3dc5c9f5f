levy quote ../fixtures/edges.json rated 5 --to USD --rate 1/0 --at 2026-11-20
