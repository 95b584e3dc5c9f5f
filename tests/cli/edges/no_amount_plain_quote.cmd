levy quote ../fixtures/edges.json plain --at 2026-11-20
