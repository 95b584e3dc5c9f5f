levy init --from-csv steps.csv
