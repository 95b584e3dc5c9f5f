levy quote ../fixtures/keys.json tickets --pay 31.62 --tickets 3 --json --at 2026-11-20
