levy compare pay "10 EUR" ../fixtures/every_row.json
