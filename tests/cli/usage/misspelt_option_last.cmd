levy quote okpay withdrawal "100 EUR" --explian
