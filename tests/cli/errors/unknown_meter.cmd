levy quote ../fixtures/corners.json cash 300 --used csah=100 --at 2026-11-20 --json
