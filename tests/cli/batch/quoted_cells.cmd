printf 'operation,amount,note\r\ndeposit,"5","a, ""b""\nc"\r\ndeposit,6,d' | levy batch okpay --set method=bank --assume-zero --results fee
