levy check ../fixtures/edges.json sized --json --at 2026-11-20
