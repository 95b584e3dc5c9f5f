levy quote okpay withdrawal 100 --method bank --method card --at 2026-11-20
