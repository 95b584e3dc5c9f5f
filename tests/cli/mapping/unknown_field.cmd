printf '{"levy_mapping": 1, "id": "m", "fields": {"amout": "Betrag"}}' | levy batch ../fixtures/mapping/shop.json ../fixtures/mapping/statement.csv --mapping -
