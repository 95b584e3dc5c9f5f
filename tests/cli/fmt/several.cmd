levy fmt schedule.json schedule.json ../fixtures/wallet.json
