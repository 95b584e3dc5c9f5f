levy quote ../fixtures/wallet.json contract --attr gas_used=65000 --attr gas_price=30 --at 2026-11-20
