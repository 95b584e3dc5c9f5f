printf 'id,operation,amount,caf\351\n1,pay,100,x\n' | levy batch ../fixtures/fine.json
