levy quote ../fixtures/wallet.json conversion 100 --to USD --rates ../fixtures/zero_rate.json --at 2026-11-20 --json
