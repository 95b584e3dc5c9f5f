levy show okpay --color maybe
