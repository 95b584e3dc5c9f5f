levy quote okpay withdrawal 250 --method bnak --color always --at 2026-11-20
