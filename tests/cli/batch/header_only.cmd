printf 'operation,amount\n' | levy batch okpay --set method=bank --assume-zero
