levy batch ../../../examples/mappings/exchange.json ../../../examples/mappings/binance-trades.csv --mapping binance-trades --results status,fee,difference,reason
