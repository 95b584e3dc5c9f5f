levy quote ../fixtures/corners.json euros "10 USD" --at 2026-11-20 --json
