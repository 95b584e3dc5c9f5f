levy compare payment 68.00 ../fixtures/keys.json ../fixtures/edges.json --at 2026-11-20
