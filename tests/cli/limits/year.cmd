printf 'time,operation,amount,currency\n2025-12-31T22:59:59Z,year,100,EUR\n2025-12-31T23:00:00Z,year,50,EUR\n' | levy check ../fixtures/limits.json year '60 EUR' --at 2026-03-29T12:00 --history -
