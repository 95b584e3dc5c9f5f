levy quote ../fixtures/wallet.json contract --gas-used 65000 --gas-price 30 --at 2026-11-20 --json
