COLUMNS=40 levy help quote okpay --at 2026-11-20
