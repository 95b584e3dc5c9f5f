levy tiers okpay --horizon 3x --at 2026-11-20
