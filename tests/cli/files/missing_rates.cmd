levy quote ../fixtures/wallet.json conversion 100 --to USD --rates missing.csv --at 2026-11-20
