levy validate ../fixtures/broken.json
