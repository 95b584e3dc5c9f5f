COLUMNS=40 levy quote okpay withdrawal 250 --method bank --tier verified --at 2026-11-20 --explain --limits
