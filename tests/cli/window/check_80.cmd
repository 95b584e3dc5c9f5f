COLUMNS=80 levy check okpay withdrawal 90 --tier basic --used withdrawal-daily=200 --at 2026-11-20
