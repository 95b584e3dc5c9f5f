LEVY_SCHEDULES=../../../examples/batch/tariffs levy batch acquirer ../../../examples/batch/payments.csv --output-format jsonl --select id,memo --results fee
