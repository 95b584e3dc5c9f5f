levy quote okpay 250 withdrawal --method bank
