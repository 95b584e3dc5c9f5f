printf 'deposit,5\n\ndeposit,x\n' | levy batch okpay --columns operation,amount --filter --set method=bank --assume-zero --results status,fee
