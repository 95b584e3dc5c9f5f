printf 'id,operation,amount,Amount,date,county_no\n1,pay,100,x,y,z\n' | levy batch ../fixtures/fine.json 2>/dev/null
