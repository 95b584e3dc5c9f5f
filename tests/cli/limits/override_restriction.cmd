echo '{"tier": "low", "overrides": [{"limit": "single", "max": "50 EUR", "ref": "CS-2"}]}' | levy check ../fixtures/limits.json single '60 EUR' --at 2026-03-29T12:00 --profile - --limits
