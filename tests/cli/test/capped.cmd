levy test ../fixtures/capped.json --at 2026-11-20
