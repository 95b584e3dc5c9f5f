printf 'id,amount,seats,to_currency\n1,10,5,\n2,10,101,\n3,10,5,\n' | levy diff ../fixtures/diff/seats_1.json ../fixtures/diff/seats_2.json --transactions - --at 2026-11-20 | tail -n 22
