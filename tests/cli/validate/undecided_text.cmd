levy validate ../fixtures/undecided.json --format text --fail-on undecided
