levy batch okpay ../../../examples/batch/withdrawals.csv --enforce-limits --results status,fee,reason 2>/dev/null
