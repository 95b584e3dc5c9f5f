COLUMNS=40 levy validate ../fixtures/quantity_cliff.json
