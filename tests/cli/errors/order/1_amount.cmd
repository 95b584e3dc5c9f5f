levy quote ../../fixtures/wallet.json withdrawl "1.005 EUR" --to USX --attr method=bnak --attr gas_used=x --at 2030-01-01 --json
