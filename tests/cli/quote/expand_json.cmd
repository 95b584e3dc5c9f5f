levy quote ../fixtures/wallet.json withdrawal 250 --express false --expand --json --at 2026-11-20
