levy init --from-csv gaps.csv
