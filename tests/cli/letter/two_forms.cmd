levy quote okpay withdrawal 250 --letter --json
