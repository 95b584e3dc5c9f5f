levy check ../fixtures/limits.json traded '1 EUR' --at 2026-03-29T12:00 --limits
