levy check ../fixtures/limits.json single 10 --profile ../../../schedules/okpay.json
