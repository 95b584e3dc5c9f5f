levy quote ../fixtures/wallet.json withdrawal "-5 EUR" --at 2026-11-20 --json
