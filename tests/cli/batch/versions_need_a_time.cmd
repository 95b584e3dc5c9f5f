printf 'id,operation,amount\n1,pay,100\n' | levy batch zones --schedules ../fixtures/zones; printf '{"amount": 100}\n' | levy batch zones --schedules ../fixtures/zones
