levy quote ../fixtures/wallet.json conversion "100 EUR" --to USD --rates ../../data/rates/levy.json --max-age 9h --at 2026-11-21
