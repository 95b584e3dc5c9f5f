levy quote ../fixtures/wallet.json withdrawal 250 --at 2026-11-20 --json
