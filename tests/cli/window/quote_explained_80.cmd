COLUMNS=80 levy quote ../../../schedules/okpay.json withdrawal 250 --method bank --tier verified --at 2026-11-20 --explain --limits
