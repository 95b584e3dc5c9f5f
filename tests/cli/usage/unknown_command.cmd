levy qoute okpay withdrawal 250
