printf '1,paid,100\n2,paid,200\n' | levy batch ../fixtures/fine.json
