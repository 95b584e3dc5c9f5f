levy check ../fixtures/recipients.json send 30 --recipient bob --used one-recipient=70 --used all-recipients=0 --at 2026-11-20T12:00Z
