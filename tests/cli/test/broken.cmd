levy test ../fixtures/broken.json ../fixtures/passing.json --at 2026-11-20
