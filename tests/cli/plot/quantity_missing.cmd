levy plot ../fixtures/metered.json charge
