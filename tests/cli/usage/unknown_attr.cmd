levy quote okpay withdrawal 250 --attr methd=bank --at 2026-11-20
