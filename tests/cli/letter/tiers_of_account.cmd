levy tiers okpay --profile ../../../examples/check/profile.json --history ../../../examples/check/history.csv --letter --at 2026-11-20T16:20
