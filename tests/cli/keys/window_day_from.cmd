levy check ../fixtures/keys.json payment 100 --used day=950 --json --at 2026-11-20
