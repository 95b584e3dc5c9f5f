levy test ../fixtures/half_tested.json ../fixtures/passing.json --coverage --at 2026-11-20
