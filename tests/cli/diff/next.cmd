levy diff ../fixtures/wallet.json ../fixtures/diff/wallet_next.json
