levy batch ../../../examples/mappings/exchange.json ../../../examples/mappings/kraken-trades.csv --mapping kraken-trades --results status,difference,reason
