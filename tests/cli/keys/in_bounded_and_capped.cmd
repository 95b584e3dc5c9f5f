levy quote ../fixtures/keys.json trade 10 --token true --rates ../fixtures/rates_bnb.json --used trading=0.49999 --json --at 2026-11-20
