levy quote ../fixtures/wallet.json conversion 100 --to USD --rates ../../data/rates/levy.json --max-age 24h --at 2026-11-21T15:00:01Z --json
