printf 'operation,amount\n' | levy batch okpay --results fee,debbit
