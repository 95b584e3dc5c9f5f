levy validate ../fixtures/quantity_cliff.json --json
