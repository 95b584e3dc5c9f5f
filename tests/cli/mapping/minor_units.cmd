printf 'id,amount,currency\n1,1234,eur\n2,5,eur\n3,5,jpy\n4,12.5,eur\n5,5,zzz\n' | levy batch ../fixtures/mapping/any.json --mapping ../fixtures/mapping/minor.json --results status,debit,reason
