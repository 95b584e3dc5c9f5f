printf 'time,operation,amount\n2026-03-25,traded,1\n' | levy check ../fixtures/limits.json traded '20 EUR' --trades 1 --at 2026-03-29T12:00 --history -
