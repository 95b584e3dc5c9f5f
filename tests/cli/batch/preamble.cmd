printf 'Export of 2026-11-30,,\n\nid,operation,amount\n1,pay,100\n' | levy batch ../fixtures/fine.json
