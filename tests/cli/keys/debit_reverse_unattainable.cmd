levy quote ../fixtures/keys.json payment --pay 0.40 --json --at 2026-11-20
