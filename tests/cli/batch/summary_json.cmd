LEVY_SCHEDULES=../../../examples/batch/tariffs levy batch acquirer ../../../examples/batch/payments.csv -o /dev/null --summary /dev/stdout 2>/dev/null
