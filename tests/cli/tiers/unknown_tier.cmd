levy tiers okpay --at 2026-11-07 --tier gold
