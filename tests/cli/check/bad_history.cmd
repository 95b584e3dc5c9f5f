printf 'time,operation,amount\n2026-11-20,withdrawal,50\n2026-11-20,withdrawal\n2026-11-20,withdrawal,x\n' | levy check okpay withdrawal '50 EUR' --at 2026-11-20T15:00Z --tier basic --history -
