echo '{"tier": "high"}' | levy check ../fixtures/limits.json single '501 EUR' --at 2026-03-29T12:00 --profile - --limits
