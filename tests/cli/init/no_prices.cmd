printf 'Vorgang;Land;bis;Prozent\nzahlung;DE;1.000;1,5\n' | levy init --from-csv -
