levy compare conversion "100 EUR" okpay ../fixtures/wallet.json --to USD --at 2026-11-22 --rates ../../data/rates/levy.json
