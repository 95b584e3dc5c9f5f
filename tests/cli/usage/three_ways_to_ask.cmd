levy quote okpay withdrawal 250 --receive 240 --at 2026-11-20
