levy quote ../fixtures/wallet.json conversion --receive "112.92 USD" --to USD --rates ../../data/rates/levy.json --at 2026-11-20T16:00:00Z
