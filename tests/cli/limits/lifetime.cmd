printf 'time,operation,amount,currency\n2009-01-01,life,50,EUR\n' | levy check ../fixtures/limits.json life '60 EUR' --at 2026-03-29T12:00 --history - --limits
