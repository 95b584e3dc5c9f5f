levy validate ../fixtures/undecided.json --format github --fail-on undecided
