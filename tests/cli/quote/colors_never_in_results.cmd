levy quote okpay withdrawal 250 --method bank --tier verified --color always --at 2026-11-20
