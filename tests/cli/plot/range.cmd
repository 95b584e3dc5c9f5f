COLUMNS=60 levy plot okpay withdrawal --method card --tier verified --at 2026-11-22 --show net --from-amount 100 --to-amount 200
