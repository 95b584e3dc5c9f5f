levy quote okpay withdrawal "-5 EUR" --method bank --at 2026-11-20
