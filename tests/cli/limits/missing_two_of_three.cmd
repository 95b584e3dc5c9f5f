echo '{"evidence": {"age": "12"}}' | levy check ../fixtures/limits.json month '150 EUR' --at 2026-03-29T12:00 --profile - --limits
