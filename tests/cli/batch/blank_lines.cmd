printf '\n\r\nid,operation,amount\n1,pay,100\n\n\r\n\n2,pay,x\n\n3,pay,200\n\n' | levy batch ../fixtures/fine.json --threads 1 --results status,fee,reason 2>&1 | head -8
