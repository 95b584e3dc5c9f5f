levy quote okpay withdrawal 250 --tier basic --markdown --at 2026-11-20
