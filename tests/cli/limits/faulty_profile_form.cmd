echo '{"tier": "low",}' | levy check ../fixtures/limits.json single '60 EUR' --at 2026-03-29T12:00 --profile -
