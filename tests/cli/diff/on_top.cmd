levy diff ../fixtures/wallet.json ../fixtures/diff/wallet_on_top.json
