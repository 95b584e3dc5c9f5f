levy check ../../../schedules/okpay.json withdrawal '50 EUR' --at 2026-11-20T15:00Z
