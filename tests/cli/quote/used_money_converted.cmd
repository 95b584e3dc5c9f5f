levy quote ../fixtures/corners.json cash 300 --used "cash=170 USD" --rates ../../data/rates/levy.json --at 2026-11-20T16:00:00Z
