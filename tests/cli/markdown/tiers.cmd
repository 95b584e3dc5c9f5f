levy tiers okpay --markdown --at 2026-11-20 | head -8
