levy quote okpay withdrawal 100 --used a=1 --used a=2
