echo '{"tier": "low", "overrides": [{"limit": "single", "max": null, "until": "2026-04-01"}]}' | levy check ../fixtures/limits.json single '100000 EUR' --at 2026-03-29T12:00 --profile - --limits
