levy plot withdrawal okpay
