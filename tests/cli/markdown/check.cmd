levy check okpay withdrawal 250 --method bank --tier basic --markdown --at 2026-11-20
