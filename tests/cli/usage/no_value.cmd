levy quote okpay withdrawal 100 --at --method bank
