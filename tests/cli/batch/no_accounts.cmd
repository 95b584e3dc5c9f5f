printf 'operation,amount\nconversion,5\n' | levy batch ../fixtures/limits.json --enforce-limits
