levy quote ../fixtures/corners.json plain "100 KRW" --to USD --rates ../../data/rates/ecb_daily.csv --at 2026-11-20T16:00:00Z --json
