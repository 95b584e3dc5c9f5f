levy quote ../fixtures/edges.json rated '24255 CZK' --to EUR --rate 1/24.255 --json --at 2026-11-20
