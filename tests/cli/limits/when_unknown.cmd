levy check ../fixtures/limits.json card '101 EUR' --at 2026-03-29T12:00 --limits
