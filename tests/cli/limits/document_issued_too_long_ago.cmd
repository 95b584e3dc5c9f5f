echo '{"evidence": {"address": {"issued": "2025-12-29T11:00"}, "age": "40"}}' | levy check ../fixtures/limits.json month '150 EUR' --at 2026-03-29T12:00 --profile - --limits
