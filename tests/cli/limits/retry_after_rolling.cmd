printf 'time,operation,amount\n2026-03-28T09:30,rolling,30\n2026-03-29T09:00,rolling,50\n' | levy check ../fixtures/limits.json rolling '60 EUR' --at 2026-03-29T12:00 --history - --limits
