levy check okpay withdrawal '90 EUR' --at 2026-11-20T15:00Z --tier basic
