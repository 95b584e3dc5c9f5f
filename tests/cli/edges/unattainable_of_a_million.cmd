levy quote ../fixtures/edges.json rated --receive '1000000.09 USD' --to USD --rate 1.1523 --json --at 2026-11-20
