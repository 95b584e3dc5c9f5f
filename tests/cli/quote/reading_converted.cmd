levy quote ../fixtures/capped.json send 2000 --used send="170 USD" --rates ../../data/rates/levy.json --explain --at 2026-11-21
