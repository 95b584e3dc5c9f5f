printf '3\ndeposit\t5\ndeposit\t6\n' | levy batch okpay --filter --chunk-header --input-format tsv --columns operation,amount --set method=bank --assume-zero --results status,fee
