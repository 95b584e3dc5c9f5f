levy check ../fixtures/recipients.json send 30 --recipient eve --account a --history ../fixtures/recipients_history.csv --json --at 2026-11-20T12:00Z
