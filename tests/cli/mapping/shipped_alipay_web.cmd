levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/alipay-web.csv --mapping alipay-web --results status,fee,difference,reason
