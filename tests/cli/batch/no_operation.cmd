printf 'id,amount\n1,5\n' | levy batch okpay
