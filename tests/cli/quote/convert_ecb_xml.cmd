levy quote ../fixtures/wallet.json conversion "100 USD" --to JPY --rates ../../data/rates/ecb_daily.xml --at 2026-11-20T16:00:00Z --json
