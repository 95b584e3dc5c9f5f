echo '{"balance": "50 EUR"}' | levy check ../fixtures/limits.json held '51 EUR' --at 2026-03-29T12:00 --profile - --limits
