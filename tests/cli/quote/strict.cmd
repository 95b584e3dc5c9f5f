levy quote ../fixtures/wallet.json atm 100 --used atm-free=1 --strict --at 2026-11-20
