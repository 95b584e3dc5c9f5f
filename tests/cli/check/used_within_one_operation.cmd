levy check okpay withdrawal '50 EUR' --at 2026-06-20T12:00 --tier basic --method bank --used withdrawal-single=5
