COLUMNS=80 levy validate ../fixtures/quantity_cliff.json
