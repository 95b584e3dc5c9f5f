printf 'BZhang,deposit,5\n<b>,deposit,5\n[[1]],deposit,5\n' | levy batch okpay --filter --columns name,operation,amount --set method=bank --assume-zero --results status,fee
