levy validate ../../../examples/validate/tariff.json --select unused
