levy quote ../fixtures/wallet.json conversion "100 EUR" --to USD --rates ../../data/rates/levy.json --at 2026-11-20T16:00:00Z
