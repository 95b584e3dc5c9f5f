levy show okpay --html --markdown
