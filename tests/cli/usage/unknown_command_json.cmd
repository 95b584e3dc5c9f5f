levy qoute okpay withdrawal 250 --json
