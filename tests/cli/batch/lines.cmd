LEVY_SCHEDULES=../../../examples/batch/tariffs levy batch acquirer ../../../examples/batch/payments.csv --lines --select id --results fee 2>/dev/null
