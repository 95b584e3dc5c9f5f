COLUMNS=120 levy quote okpay withdrawal 250 --method bank --tier basic --at 2026-11-20T16:20
