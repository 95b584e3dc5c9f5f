levy show okpay >/dev/full
