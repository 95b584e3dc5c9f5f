levy quote ../fixtures/wallet.json withdrawal 250 --express yes --at 2026-11-20 --json
