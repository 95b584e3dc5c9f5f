levy compare withdrawal 250 okpay --tier verified --markdown --at 2026-11-20
