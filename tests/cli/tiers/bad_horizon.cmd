levy tiers okpay --at 2026-11-07 --horizon soon
