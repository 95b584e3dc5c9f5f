levy check okpay withdrawal 100 --method bank --history ../fixtures/history_array.json --account a --at 2026-11-20
