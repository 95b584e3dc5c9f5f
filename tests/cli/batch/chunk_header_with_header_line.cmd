printf '1\n' | levy batch okpay --filter --chunk-header
