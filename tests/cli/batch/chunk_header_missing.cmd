printf 'deposit\t5\n' | levy batch okpay --filter --chunk-header --input-format tsv --columns operation,amount --set method=bank --assume-zero
