levy quote ../fixtures/every_row.json pay "10 EUR" --json --expand
