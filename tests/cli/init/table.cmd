levy init --from-csv prices.csv --currency EUR
