levy batch okpay nowhere.csv
