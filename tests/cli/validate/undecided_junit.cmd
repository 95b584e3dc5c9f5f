levy validate ../fixtures/undecided.json --format junit --fail-on undecided
