printf 'id,receive,pay,amount\n1,99.29,,\n2,,100,\n3,,,100\n4,5,6,\n5,0.01,,\n' | levy batch ../fixtures/mapping/acquirer.json --set country=DE
