LEVY_SCHEDULES=../../../examples/batch/tariffs levy batch acquirer ../../../examples/batch/bill.csv --reconcile billed --select id,billed --results status,fee,difference,cause,reason
