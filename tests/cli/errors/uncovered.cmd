levy quote ../fixtures/corners.json gap 100 --method card --at 2026-11-20 --json
