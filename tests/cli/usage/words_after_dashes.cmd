levy quote okpay --method bank --tier basic --at 2026-11-20 -- withdrawal 100
