levy test ../fixtures/passing.json ../fixtures/missing.json --at 2026-11-20
