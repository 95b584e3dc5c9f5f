levy quote ../fixtures/edges.json rated 100 --to USD --rates ../fixtures/rates_history.json --at 2026-11-01
