levy quote okpay withdrawal 250 --methd bank --at 2026-11-20
