levy diff ../fixtures/diff/condition_1.json ../fixtures/diff/condition_2.json
