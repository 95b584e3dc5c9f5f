printf '' | levy batch okpay
