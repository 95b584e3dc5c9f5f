levy --json quote okpay
