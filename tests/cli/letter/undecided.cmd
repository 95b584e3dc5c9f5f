levy quote ../fixtures/edges.json plain --letter --at 2026-11-20T16:20
