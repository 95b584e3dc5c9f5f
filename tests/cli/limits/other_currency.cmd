printf 'time,operation,amount,currency\n2026-11-21T09:00,dollars,30,EUR\n' | levy check ../fixtures/limits.json dollars '60 EUR' --at 2026-11-21T12:00 --history - --rates ../../../examples/rates.json
