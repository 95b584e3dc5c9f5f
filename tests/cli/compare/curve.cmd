levy compare withdrawal "250 EUR" okpay --tier verified --at 2026-11-22 --curve
