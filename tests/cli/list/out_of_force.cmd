levy list ../../../schedules/okpay.json --at 2001-01-01
