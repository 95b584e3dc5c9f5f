echo '{"evidence": {"id": {"until": "2026-03-30"}, "address": {"issued": "2026-01-10"}}}' | levy tiers ../fixtures/limits.json --at 2026-03-29T12:00 --profile - --horizon 1h | tail -4
