levy quote ../fixtures/wallet.json withdrawal 250 --method bnak --at 2026-11-20 --json
