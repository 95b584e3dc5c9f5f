levy check ../fixtures/limits.json single '100.01 EUR' --at 2026-03-29T12:00 --tier low --limits
