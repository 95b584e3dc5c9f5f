levy list ../../../schedules/okpay.json ../../../schedules/square.json --json --at 2026-11-20
