levy quote okpay withdrawal 250 --schedules ../../../schedules --letter --at 2026-11-20T16:20
