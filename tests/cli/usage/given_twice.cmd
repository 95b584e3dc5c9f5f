levy quote okpay withdrawal 100 --at 2026-01-01 --at 2026-02-02
