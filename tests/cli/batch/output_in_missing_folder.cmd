printf 'operation,amount\ndeposit,5\n' | levy batch okpay -o nowhere/out.csv
