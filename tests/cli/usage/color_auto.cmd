levy quote okpay withdrawal 250 --method bnak --color auto --at 2026-11-20
