printf 'time,operation,amount,currency\n2026-03-29T02:00,times,1,EUR\n2026-03-29T03:00,times,1,EUR\n' | levy check ../fixtures/limits.json times '60 EUR' --at 2026-03-29T12:00 --history - --limits
