levy show okpay --help
