levy quote ../fixtures/corners.json twice --pay 1.51 --at 2026-11-20 --json
