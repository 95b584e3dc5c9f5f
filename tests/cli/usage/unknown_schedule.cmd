levy quote okpya withdrawal 250 --schedules ../../../schedules --at 2026-11-20
