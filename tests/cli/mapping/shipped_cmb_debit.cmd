levy batch ../../../examples/mappings/shop.json ../../../examples/mappings/cmb-debit.csv --mapping cmb-debit --results status,fee,debit,reason
