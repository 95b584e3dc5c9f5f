levy quote ../fixtures/wallet.json conversion "100 EUR" --to USD --rates ../../data/rates/ecb_hist.csv --at 2026-11-20T14:59:59Z
