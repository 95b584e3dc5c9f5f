levy quote ../fixtures/capped.json exchange 100 --to USD --rates ../../data/rates/levy.json --at 2026-11-19
