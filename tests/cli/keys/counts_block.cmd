levy check ../fixtures/counts.json payout 50 --method bank --account a --history ../fixtures/counts_history.csv --at 2026-11-20T12:00Z
