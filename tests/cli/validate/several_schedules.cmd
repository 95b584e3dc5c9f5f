levy validate ../../../schedules/okpay.json ../../../schedules/square.json
