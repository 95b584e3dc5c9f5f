printf 'id;operation;amount\n1;withdrawal;12,50\n' | levy batch okpay
