levy mapping ../fixtures/mapping/statement.csv ../fixtures/mapping/shop.json
