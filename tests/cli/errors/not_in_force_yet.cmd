levy quote ../fixtures/wallet.json atm 100 --at 2025-12-31T23:59:59Z
