levy quote ../fixtures/wallet.json contract --gas-price=-3 --at 2026-11-20 --json
