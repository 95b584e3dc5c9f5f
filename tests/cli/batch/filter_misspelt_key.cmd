printf '{"Amount":"1"}\n{"status":"1","amount":"1"}\n' | levy batch okpay --filter --input-format jsonl --set operation=deposit --set method=bank --assume-zero
