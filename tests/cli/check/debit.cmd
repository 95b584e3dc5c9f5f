levy check okpay transaction '492.62 EUR' --at 2026-11-20T15:00Z --tier basic --cross-border true
