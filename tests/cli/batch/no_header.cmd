printf '1,pay,100\n2,pay,200\n' | levy batch ../fixtures/fine.json
