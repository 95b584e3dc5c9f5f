levy diff ../fixtures/diff/many_1.json ../fixtures/diff/many_2.json
