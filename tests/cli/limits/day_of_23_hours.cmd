printf 'time,operation,amount,currency\n2026-03-28T22:59:59Z,day,100,EUR\n2026-03-28T23:00:00Z,day,50,EUR\n' | levy check ../fixtures/limits.json day '60 EUR' --at 2026-03-29T12:00 --history -
