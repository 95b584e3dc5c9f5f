levy check okpay withdrawal '90.000 EUR' --tier basic --at 2026-11-20
