printf 'operation,amount,fee\n' | levy batch okpay
