levy quote okpay --help --at 2026-11-20
