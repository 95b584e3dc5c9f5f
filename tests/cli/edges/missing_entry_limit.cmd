levy check ../fixtures/edges.json listed 50 --at 2026-11-20
