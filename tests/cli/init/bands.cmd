levy init --from-csv bands.csv
