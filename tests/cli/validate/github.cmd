levy validate ../../../examples/validate/tariff.json --format github
