levy quote ../fixtures/recipients.json send 100 --recipient ann --account a --history ../fixtures/recipients_history.csv --json --at 2026-11-20T12:00Z
