echo '{"tier": "low", "overrides": [{"limit": "several-once", "max": null}]}' | levy check ../fixtures/limits.json several '160 EUR' --at 2026-03-29T12:00 --profile - --limits
