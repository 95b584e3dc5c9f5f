levy check ../fixtures/recipients.json send 30 --recipient bob --account a --history ../fixtures/recipients_history.csv --at 2026-11-20T12:00Z
