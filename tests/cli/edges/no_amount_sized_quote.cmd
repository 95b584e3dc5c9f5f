levy quote ../fixtures/edges.json sized --at 2026-11-20
