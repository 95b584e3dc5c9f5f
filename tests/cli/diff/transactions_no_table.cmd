printf 'PK\003\004' | levy diff ../fixtures/diff/seats_1.json ../fixtures/diff/seats_2.json --transactions -
