levy infer bills.csv --fee billed --currency EUR; echo "status $?"
