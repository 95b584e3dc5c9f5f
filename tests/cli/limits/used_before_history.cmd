printf 'time,operation,amount\n2026-03-29T09:00,day,90\n' | levy check ../fixtures/limits.json day '60 EUR' --at 2026-03-29T12:00 --history - --used day=10 --limits
