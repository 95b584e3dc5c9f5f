levy check ../fixtures/daily.json pay 20 --mapping ../fixtures/mapping/history.json
