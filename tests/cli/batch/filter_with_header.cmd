printf 'operation,amount\ndeposit,5\n' | levy batch okpay --filter --header --set method=bank --assume-zero --results status,fee
