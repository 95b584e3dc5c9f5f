COLUMNS=120 levy validate ../fixtures/quantity_cliff.json
