levy quote ../fixtures/wallet.json conversion "100 EUR" --to EUR --at 2026-11-20
