levy check ../fixtures/limits.json held '60 EUR' --at 2026-03-29T12:00 --balance '40.01 EUR' --limits
