levy check ../fixtures/keys.json payment 990 --used day=0 --json --at 2026-11-20
