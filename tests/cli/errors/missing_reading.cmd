levy quote ../fixtures/corners.json cash 300 --strict --at 2026-11-20 --json
