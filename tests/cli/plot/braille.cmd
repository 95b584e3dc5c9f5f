LC_ALL=C.UTF-8 COLUMNS=80 levy plot okpay withdrawal --tier verified --at 2026-11-22
