levy quote ../../fixtures/wallet.json conversion 1 --to USD --rates ../../../data/rates/levy.json --max-age 1h --at 2030-01-01 --json
