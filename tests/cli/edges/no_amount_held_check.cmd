levy check ../fixtures/edges.json held --balance 5 --at 2026-11-20
