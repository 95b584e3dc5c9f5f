levy validate ../fixtures/gives_back.json
