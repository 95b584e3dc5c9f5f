printf 'operation,amount\ndeposit,5\n' | levy batch okpay --set method=bank --assume-zero > /dev/full
