echo '{"tier": "low", "overrides": [{"limit": "single", "max": "150 EUR"}]}' | levy check ../fixtures/limits.json single '400 EUR' --at 2026-03-29T12:00 --profile - --limits
