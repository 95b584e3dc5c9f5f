printf '{"amount": "1"}\n' | levy batch okpay --columns amount --input-format jsonl
