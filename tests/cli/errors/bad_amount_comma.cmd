levy quote ../fixtures/wallet.json withdrawal "12,50 EUR" --at 2026-11-20 --json
