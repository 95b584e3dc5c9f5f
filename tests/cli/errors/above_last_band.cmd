levy quote ../fixtures/corners.json bands 1000.01 --at 2026-11-20 --json
