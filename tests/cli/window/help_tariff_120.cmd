COLUMNS=120 levy help quote okpay --at 2026-11-20
