levy quote ../fixtures/corners.json dear 4.99 --at 2026-11-20
