levy quote ../../fixtures/wallet.json withdrawl 1 --attr method=bnak --attr gas_used=x --at 2030-01-01 --json
