levy validate ../../../examples/validate/tariff.json --format sarif --select split
