levy quote ../fixtures/keys.json tickets 30.90 --tickets 2.5 --at 2026-11-20
