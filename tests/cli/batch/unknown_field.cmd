printf 'operation,amount\n' | levy batch okpay --map amout=gross --set metod=bank
