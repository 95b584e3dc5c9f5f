levy quote ../fixtures/wallet.json atm 100 --at 2027-01-01 --json
