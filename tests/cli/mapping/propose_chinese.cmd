levy mapping ../../../examples/mappings/alipay-web.csv ../../../examples/mappings/shop.json
