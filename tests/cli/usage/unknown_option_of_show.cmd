levy show okpay --markdwon
