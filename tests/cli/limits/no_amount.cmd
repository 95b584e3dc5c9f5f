levy check ../fixtures/limits.json day --at 2026-03-29T12:00 --limits
