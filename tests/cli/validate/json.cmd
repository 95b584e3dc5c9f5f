levy validate ../../../examples/validate/tariff.json --json --select cliff --select broken_guarantee
