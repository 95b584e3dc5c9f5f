levy check ../fixtures/limits.json held '1 EUR' --at 2026-03-29T12:00 --balance '3.99 EUR' --limits
