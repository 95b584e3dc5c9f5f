printf 'id\toperation\tamount\n1\tdeposit\t5\n' | levy batch okpay --assume-zero
