levy check okpay withdrawal 100 --method bank --profile ../../../examples/check/profile.json --history ../../../examples/check/history.csv --used withdrawal-daily=499 --letter --at 2026-11-20T16:20
