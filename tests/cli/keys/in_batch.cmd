printf 'amount,token\n1000,true\n1000,false\n10,true\n1000,true\n' | levy batch ../fixtures/keys.json --set operation=trade --assume-zero --lines --rates ../fixtures/rates_bnb.json --at 2026-11-20
