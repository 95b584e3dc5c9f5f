echo '{"evidence": {"id": true, "age": "40"}}' | levy check ../fixtures/limits.json month '301 EUR' --at 2026-03-29T12:00 --profile - --used volume=120 --limits
