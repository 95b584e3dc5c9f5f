levy tiers okpay --at 2026-11-07 --profile ../../../examples/check/profile.json --history ../../../examples/check/history.csv
