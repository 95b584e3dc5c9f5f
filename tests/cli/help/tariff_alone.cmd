levy help okpay --at 2026-11-20
