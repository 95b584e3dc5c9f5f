printf 'id,operation,amount,note\n1,pay,100,caf\351\n2,pay,200,caf\303\251\n3,pay,300,x\n' | levy batch ../fixtures/fine.json --results status,fee,reason
