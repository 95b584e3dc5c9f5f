levy validate ../fixtures/undecided.json --fail-on warning
