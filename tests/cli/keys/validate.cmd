levy validate ../fixtures/keys.json --fail-on warning
