levy quote ../fixtures/corners.json plain 1 --expand --json --at 2026-11-20
