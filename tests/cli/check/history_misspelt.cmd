printf 'Account,time,operation,amount\na,2026-11-20,withdrawal,5\n' | levy check okpay withdrawal 10 --history - --account a --at 2026-11-20 --method bank --country DE --tier basic
