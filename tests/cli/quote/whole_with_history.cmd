printf 'account,time,operation,amount\na,2026-05-20T08:00Z,pay,150\na,2026-05-21T08:00Z,pay,60\n' | levy quote ../fixtures/whole_previous.json pay 30 --at 2026-06-20T12:00 --history -
