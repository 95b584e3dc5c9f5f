levy quote ../fixtures/corners.json cash 300 --used cash=150 --explain --at 2026-11-20
