levy check ../fixtures/counts.json deposit 5000 --method card --at 2026-11-20
