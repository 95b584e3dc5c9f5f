levy show okpay 100
