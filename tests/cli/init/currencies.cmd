levy init --from-csv currencies.csv
