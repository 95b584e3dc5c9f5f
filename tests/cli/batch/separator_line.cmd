printf 'sep=,\nid,operation,amount\n1,pay,100\n' | levy batch ../fixtures/fine.json
