levy test ../fixtures/passing.json --json --at 2026-11-20
