levy test ../fixtures/broken.json ../fixtures/passing.json ../fixtures/missing.json --json --at 2026-11-20
