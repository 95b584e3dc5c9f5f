levy plot ../fixtures/keys.json payment --csv --at 2026-11-20 --to-amount 100
