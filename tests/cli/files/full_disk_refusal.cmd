levy quote okpay withdrawl 250 --at 2026-11-20 --json >/dev/full
