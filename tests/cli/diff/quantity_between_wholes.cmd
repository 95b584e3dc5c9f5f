levy diff ../fixtures/diff/bands_1.json ../fixtures/diff/bands_2.json
