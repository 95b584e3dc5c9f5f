levy quote okpay withdrawal "250 EUR" --tier verified --at 2026-11-20
