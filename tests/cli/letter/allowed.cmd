levy quote okpay withdrawal 80 --method bank --tier basic --letter --at 2026-11-20T16:20
