levy test ../fixtures/half_tested.json --coverage --suggest --json --at 2026-11-20
