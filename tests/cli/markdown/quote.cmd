levy quote ../fixtures/keys.json trade 1000 --token true --rates ../fixtures/rates_bnb.json --explain --markdown --at 2026-11-20
