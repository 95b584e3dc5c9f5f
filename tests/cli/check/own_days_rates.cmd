printf 'time,operation,amount\n2026-06-05,pay,160 USD\n' | levy check ../fixtures/monthly.json pay 30 --at 2026-06-20 --rates ../fixtures/two_rates.csv --history -
