echo '{"evidence": {"passport": true}}' | levy tiers ../fixtures/limits.json --at 2026-03-29T12:00 --profile -
