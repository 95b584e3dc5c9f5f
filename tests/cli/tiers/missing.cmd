echo '{"evidence": {"id": true, "address": {"issued": "2025-12-01"}, "age": "12"}}' | levy tiers ../fixtures/limits.json --at 2026-03-29T12:00 --profile - --used volume=120 | tail -14
