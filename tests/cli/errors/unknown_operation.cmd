levy quote ../fixtures/wallet.json withdrawl 250 --at 2026-11-20 --json
