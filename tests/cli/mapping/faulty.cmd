levy batch ../fixtures/mapping/shop.json ../fixtures/mapping/statement.csv --mapping ../fixtures/mapping/faulty.json
