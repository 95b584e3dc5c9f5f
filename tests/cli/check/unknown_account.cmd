printf 'account,time,operation,amount\nada-1,2026-06-20T08:00Z,pay,10\n' | levy check ../fixtures/monthly.json pay 30 --at 2026-06-20T12:00 --account ada-l --history -
