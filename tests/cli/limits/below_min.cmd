levy check ../fixtures/limits.json least '9.99 EUR' --at 2026-03-29T12:00 --limits
