levy quote --explian okpay withdrawal "100 EUR"
