levy validate ../fixtures/fax.json
