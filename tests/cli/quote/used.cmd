levy quote ../fixtures/wallet.json atm 100 --used atm-free=2 --at 2026-11-20
