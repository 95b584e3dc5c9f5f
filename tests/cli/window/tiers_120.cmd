COLUMNS=120 levy tiers okpay --tier basic --at 2026-11-20
