# mawk -f peer_float.awk IN.csv > OUT.csv: the reference tariff in binary floating point, as it is
# often done. Not exact: the benchmark counts how many fees it gets wrong.
BEGIN { FS = ","; print "id,fee" }
NR > 1 {
    amount = $9; yen = $7 == "JPY"; premium = $10 == "premium"
    if ($4 == "transaction") fee = amount * ($6 == "US" ? 0.029 : 0.044) + 0.30
    else if ($4 == "conversion") fee = amount * ($10 == "basic" ? 0.005 : premium ? 0.0025 : 0.004)
    else if ($5 == "wallet") {
        if (amount <= 1000) fee = amount * 0.01
        else if (amount <= 10000) fee = 10 + (amount - 1000) * 0.005
        else fee = 55 + (amount - 10000) * 0.001
    } else {
        fee = amount * ($5 == "card" ? 0.0175 : 0.01)
        least = yen ? 1 : $5 == "card" ? 0.25 : 0.50
        if (fee < least) fee = least
        if (fee > 25) fee = 25
    }
    form = yen ? "%.0f" : "%.2f"
    fee = sprintf(form, fee)
    if (premium) fee = sprintf(form, fee * 0.8)
    print $1 "," fee
}
