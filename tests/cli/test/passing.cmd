levy test ../fixtures/passing.json --at 2026-11-20
