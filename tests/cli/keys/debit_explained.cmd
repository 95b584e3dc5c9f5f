levy quote ../fixtures/keys.json payment 68.00 --explain --at 2026-11-20
