levy test ../fixtures/batches.json --coverage --at 2026-11-20
