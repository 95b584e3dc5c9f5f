levy test ../fixtures/broken.json --json --at 2026-11-20
