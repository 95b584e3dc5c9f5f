levy quote okpay withdrawal "250 EUR" --method bank --tier verified --at 2026-11-20
