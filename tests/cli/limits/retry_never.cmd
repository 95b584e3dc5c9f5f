printf 'time,operation,amount\n2026-03-29T09:00,life,50\n' | levy check ../fixtures/limits.json life '60 EUR' --at 2026-03-29T12:00 --history - --limits
