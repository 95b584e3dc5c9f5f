printf 'operation,amount\n' | levy batch okpay --threads 0
