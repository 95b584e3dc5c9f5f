levy validate ../../../examples/validate/tariff.json --format junit --ignore cliff --ignore split
