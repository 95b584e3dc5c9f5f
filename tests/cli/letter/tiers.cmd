levy tiers okpay --letter --at 2026-11-20T16:20
