levy diff ../fixtures/diff/reworded_1.json ../fixtures/diff/reworded_2.json
