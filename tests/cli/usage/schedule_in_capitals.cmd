levy quote OKPay withdrawal 250
