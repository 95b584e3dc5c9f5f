levy quote fare ride 0 --schedules ../fixtures/overlapping --at 2026-01-01 --json
