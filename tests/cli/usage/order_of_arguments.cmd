levy quote withdrawal okpay 250
