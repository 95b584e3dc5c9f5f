levy test ../fixtures/failing.json --json --at 2026-11-20
