levy quote okpay transaction 100 --attr method=bank --method card --to USD --at 2026-11-20
