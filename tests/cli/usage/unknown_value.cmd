levy quote okpay withdrawal 250 --method bnak --at 2026-11-20
