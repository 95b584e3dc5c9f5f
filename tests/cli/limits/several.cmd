printf 'time,operation,amount,currency\n2026-03-29T09:00,several,140,EUR\n' | levy check ../fixtures/limits.json several '120 EUR' --at 2026-03-29T12:00 --history - --limits
