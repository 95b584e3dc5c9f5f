levy plot okpay withdrawal --tier verified --at 2026-11-22 --csv
