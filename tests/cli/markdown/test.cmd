levy test ../../../schedules/okpay.json --markdown
