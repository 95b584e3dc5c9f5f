printf '1\n' | levy batch okpay --columns amount --chunk-header
