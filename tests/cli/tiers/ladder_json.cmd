levy tiers ../fixtures/limits.json --at 2026-03-29T12:00 --json | jq -c "{tiers, limits: .limits[:2], evidence: .evidence[:1], tier: has(\"tier\")}"
