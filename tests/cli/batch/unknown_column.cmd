printf 'operation,gross\n' | levy batch okpay --map amount=groos --select operation,nett
