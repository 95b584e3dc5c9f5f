levy test ../fixtures/failing.json --coverage --at 2026-11-20
