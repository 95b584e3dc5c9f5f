levy quote ../fixtures/wallet.json atm 100 --used atm-free --at 2026-11-20
