levy diff ../fixtures/diff/allowance_1.json ../fixtures/diff/allowance_daily.json
