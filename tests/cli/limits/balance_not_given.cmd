levy check ../fixtures/limits.json held '7 EUR' --at 2026-03-29T12:00 --limits
