levy diff ../fixtures/wallet.json ../fixtures/diff/wallet_next.json --transactions ../fixtures/diff/operations.csv --max-increase 200% --json
