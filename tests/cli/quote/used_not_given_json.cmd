levy quote ../fixtures/wallet.json atm 100 --at 2026-11-20 --json
