levy check ../fixtures/limits.json day '1 EUR' --at 2026-03-29T12:00 --profile - --history - --limits
