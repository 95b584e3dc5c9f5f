printf 'amount,used.capped\n100,0.88\n1,0.88\n0.30,0.88\n' | levy batch ../fixtures/edges.json --set operation=capped --lines --at 2026-11-20
