printf 'id,operation,amount,note\n1,pay,100,caf\351\n2,pay,200,caf\303\251\n' | levy batch ../fixtures/fine.json --output-format jsonl --results status,fee,reason 2>/dev/null
