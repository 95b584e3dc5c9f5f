levy quote okpay conversion 10 --to USD --rates ../../../schedules/okpay.json
