levy okpay withdrawal 250
