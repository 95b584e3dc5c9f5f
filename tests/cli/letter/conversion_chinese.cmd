levy quote okpay conversion 250 --to USD --tier basic --rates ../../../examples/rates.json --letter --at 2026-11-20T16:20 --lang zh
