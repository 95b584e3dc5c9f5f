levy validate ../../../examples/validate/tariff.json
