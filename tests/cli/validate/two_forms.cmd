levy validate ../../../examples/validate/tariff.json --json --format sarif
