levy check okpay withdrawal '90 EUR' --at 2026-11-20T15:00Z --profile ../../../examples/check/profile.json --history ../../../examples/check/history.csv --json
