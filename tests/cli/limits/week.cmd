printf 'time,operation,amount,currency\n2026-03-22T22:59:59Z,week,100,EUR\n2026-03-22T23:00:00Z,week,50,EUR\n' | levy check ../fixtures/limits.json week '60 EUR' --at 2026-03-29T12:00 --history -
