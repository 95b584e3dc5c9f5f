levy test ../fixtures/failing.json ../fixtures/passing.json --at 2026-11-20
