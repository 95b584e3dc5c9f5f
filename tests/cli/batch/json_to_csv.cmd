LEVY_SCHEDULES=../../../examples/batch/tariffs levy batch acquirer ../../../examples/batch/payments.jsonl --output-format csv --select id,amount --results status,fee,credit
