COLUMNS=40 levy quote okpay withdrawal 250 --at 2026-11-20
