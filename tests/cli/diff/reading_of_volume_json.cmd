levy diff ../fixtures/diff/volume_1.json ../fixtures/diff/volume_2.json --json
