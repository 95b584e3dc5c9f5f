levy quote fare ride 0 --schedules ../fixtures/versions --at 2025-12-31T23:00:00Z
