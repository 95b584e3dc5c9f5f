levy quote ../fixtures/keys.json payment --pay 70.07 --json --at 2026-11-20
