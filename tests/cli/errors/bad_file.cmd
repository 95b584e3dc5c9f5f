levy quote ../fixtures/wallet.json conversion 100 --to USD --rates ../fixtures/bad_rates.json --at 2026-11-20 --json
