levy test ../fixtures/half_tested.json --suggest --at 2026-11-20
