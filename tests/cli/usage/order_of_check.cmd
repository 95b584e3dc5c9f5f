levy check withdrawal 250 okpay --tier basic
