printf 'time,operation,amount\n2026-10-25T01:00,day,50\n' | levy check ../fixtures/limits.json day '60 EUR' --at 2026-10-25T12:00 --history - --limits
