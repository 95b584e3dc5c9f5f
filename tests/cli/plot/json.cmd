levy plot okpay withdrawal --tier verified --method bank --at 2026-11-22 --json
