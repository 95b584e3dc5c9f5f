levy check okpay deposit '600 EUR' --at 2026-11-20T15:00Z --tier basic --balance '500 EUR'
