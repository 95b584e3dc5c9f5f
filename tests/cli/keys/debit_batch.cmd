printf 'amount\n68.00\n100.00\n0\n0.01\n1000000.00\n' | levy batch ../fixtures/keys.json --set operation=payment --assume-zero --at 2026-11-20
