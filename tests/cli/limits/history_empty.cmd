: | levy check ../fixtures/limits.json day '20 EUR' --at 2026-03-29T12:00 --history - --limits
