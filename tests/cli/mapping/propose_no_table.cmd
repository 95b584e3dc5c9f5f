printf 'just a line\nand another\n' | levy mapping - ../fixtures/mapping/shop.json
