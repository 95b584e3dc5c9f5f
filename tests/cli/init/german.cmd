levy init --from-csv german.csv
