printf 'operation,amount,balance,account\nplain,,,a\ndebited,,,a\nheld,,5,a\nsized,,,a\nplain,5,,a\n' | levy batch ../fixtures/edges.json --enforce-limits --at 2026-11-20
