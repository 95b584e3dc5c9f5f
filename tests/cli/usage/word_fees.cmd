levy fees okpay withdrawal 250
