levy quote okpay withdrawal 250 --method bank --weekday mon --at 2026-11-20
