levy tiers okpay --at 2026-11-07 --tier verified --used withdrawal-daily=100
