levy quote ../fixtures/corners.json dollars 10 --at 2026-11-20 --json
