levy quote ../fixtures/wallet.json contract --at 2026-11-20 --json
