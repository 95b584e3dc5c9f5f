levy validate ../../../examples/validate/tariff.json --select unused --fail-on warning
