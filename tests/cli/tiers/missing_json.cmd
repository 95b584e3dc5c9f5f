echo '{"evidence": {"id": true, "age": "12"}}' | levy tiers ../fixtures/limits.json --at 2026-03-29T12:00 --profile - --used volume=120 --json | jq -c ".tiers[] | {tier, reached, missing}"
