levy quote ../fixtures/missing.json withdrawal 250 --at 2026-11-20 --json
