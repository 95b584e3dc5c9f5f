levy check ../fixtures/edges.json plain 5 --used one-plain=5 --at 2026-11-20
