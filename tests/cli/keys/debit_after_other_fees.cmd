levy quote ../fixtures/keys.json order 68.00 --explain --at 2026-11-20
