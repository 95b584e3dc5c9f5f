levy tiers ../fixtures/edges.json --profile ../fixtures/usage_unknown.json --json --at 2026-11-20
