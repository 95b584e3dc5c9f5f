levy diff ../fixtures/diff/zone_1.json ../fixtures/diff/zone_2.json
