levy validate ../fixtures/undecided.json --format sarif --fail-on undecided
