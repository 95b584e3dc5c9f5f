levy show okpay --csv --at 2026-11-22
