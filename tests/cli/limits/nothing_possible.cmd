printf 'time,operation,amount,currency\n2026-03-29T09:00,several,1,EUR\n' | levy check ../fixtures/limits.json several '20 EUR' --at 2026-03-29T12:00 --history - --limits
