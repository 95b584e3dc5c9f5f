levy quote ../fixtures/keys.json tickets 30.90 --tickets 3 --json --at 2026-11-20
