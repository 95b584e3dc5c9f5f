levy check ../fixtures/limits.json least '1000000 EUR' --at 2026-03-29T12:00 --limits
