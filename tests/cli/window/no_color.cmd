NO_COLOR=1 levy quote okpay withdrawal 90 --method bank --tier basic --at 2026-11-20
