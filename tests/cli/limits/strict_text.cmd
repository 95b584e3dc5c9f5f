levy check ../fixtures/limits.json day '60 EUR' --at 2026-03-29T12:00 --strict --limits
