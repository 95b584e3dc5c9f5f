LC_ALL=C.UTF-8 COLUMNS=60 levy plot okpay withdrawal --at 2026-11-22 --show percent --log
