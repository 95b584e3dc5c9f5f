levy quote ../fixtures/wallet.json conversion "100 EUR" --to JPY --rates ../../data/rates/ecb_daily.csv --at 2026-11-20T15:00:00Z
