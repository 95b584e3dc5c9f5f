levy validate ../fixtures/margins.json
