levy diff ../fixtures/wallet.json ../fixtures/wallet.json
