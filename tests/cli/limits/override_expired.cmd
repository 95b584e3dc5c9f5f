echo '{"tier": "low", "overrides": [{"limit": "single", "max": "150 EUR", "until": "2026-03-29T12:00"}]}' | levy check ../fixtures/limits.json single '120 EUR' --at 2026-03-29T12:00 --profile -
