printf 'operation,amount\npay,100\npay,110\npay,1000\npay,27000\n' | levy batch ../fixtures/fine.json --lines --results status --threads 1 2>/dev/null
