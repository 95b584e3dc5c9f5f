levy quote ../fixtures/keys.json trade 1000 --token true --at 2026-11-20
