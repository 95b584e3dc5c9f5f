levy quote ../fixtures/wallet.json contract --gas-price 30 --at 2026-11-20
