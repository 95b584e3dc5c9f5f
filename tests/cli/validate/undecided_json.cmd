levy validate ../fixtures/undecided.json --format json --fail-on undecided
