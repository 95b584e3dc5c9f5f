printf 'id,operation,amuont\n1,pay,100\n' | levy batch ../fixtures/fine.json
