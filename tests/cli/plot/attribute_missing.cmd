levy plot ../fixtures/merchant.json pay
