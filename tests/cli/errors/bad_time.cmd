levy quote ../fixtures/wallet.json withdrawal 250 --time 2026-13-01 --json
