levy quote ../fixtures/wallet.json contract --gas-price 1 --gas-used 30000001 --at 2026-11-20 --json
