for c in UK EU de Germany DK1; do levy quote okpay transaction 10 --country $c; done
