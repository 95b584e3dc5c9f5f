levy quote ../../fixtures/wallet.json contract 1 --attr gas_used=30000001 --at 2030-01-01 --json
