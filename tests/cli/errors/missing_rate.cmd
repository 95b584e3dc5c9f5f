levy quote ../fixtures/wallet.json conversion 100 --to USD --at 2026-11-20 --json
