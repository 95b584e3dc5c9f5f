printf '{"account": "ada"}' | levy tiers ../fixtures/monthly.json --at 2026-06-20T12:00 --account bob --profile -
