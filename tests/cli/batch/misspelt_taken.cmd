printf 'id,operation,amuont,Currency\n1,pay,100,EUR\n' | levy batch ../fixtures/fine.json --map amount=amuont --map currency= 2>/dev/null
