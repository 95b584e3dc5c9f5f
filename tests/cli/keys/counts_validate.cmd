levy validate ../fixtures/counts.json
