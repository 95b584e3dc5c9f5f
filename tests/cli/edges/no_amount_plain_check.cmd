levy check ../fixtures/edges.json plain --json --at 2026-11-20
