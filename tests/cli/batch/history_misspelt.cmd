printf 'account,time,operation,amount,Status\na,2026-11-01,withdrawal,5,failed\n' | levy batch okpay --enforce-limits --history - ../fixtures/no_rows.csv
