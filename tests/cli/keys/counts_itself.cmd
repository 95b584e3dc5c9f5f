levy check ../fixtures/counts.json payout 401 --method bank --account a --history ../fixtures/counts_history.csv --json --at 2026-11-23T00:00Z
