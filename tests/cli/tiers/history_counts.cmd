printf 'account,time,operation,amount,status\na,2026-06-20T08:00Z,pay,10,ok\na,2026-06-20T09:00Z,pay,90,declined\n' | levy tiers ../fixtures/monthly.json --at 2026-06-20T12:00 --history -
