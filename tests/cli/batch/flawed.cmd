LEVY_SCHEDULES=../../../examples/batch/tariffs levy batch acquirer ../../../examples/batch/flawed.csv --rejects /dev/stdout --select id --results status,reason
