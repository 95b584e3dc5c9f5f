levy quote okpay deposit "1 BTC"; levy quote okpay deposit "1 EUX"; levy quote okpay deposit "1 euro"; levy quote okpay conversion 10 --to RMB; levy quote okpay conversion 10 --to GPB
