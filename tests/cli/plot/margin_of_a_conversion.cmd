levy plot ../fixtures/spread.json convert --to USD --rates ../../../examples/rates.json --csv --to-amount 100
