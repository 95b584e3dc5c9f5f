printf 'amount,tickets\n30.90,3\n30.90,\n10.00,3\n300.00,3\n30.90,0\n30.90,3\n10.00,7\n' | levy batch ../fixtures/keys.json --set operation=tickets --assume-zero --lines --at 2026-11-20
