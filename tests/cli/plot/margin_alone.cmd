levy plot ../fixtures/spread.json convert
