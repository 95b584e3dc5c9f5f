levy check ../fixtures/counts.json payout 50 --method bank --account a --history ../fixtures/counts_history.csv --json --at 2026-11-22T12:00Z
