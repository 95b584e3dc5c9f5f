levy diff ../fixtures/diff/rounding_1.json ../fixtures/diff/rounding_2.json
