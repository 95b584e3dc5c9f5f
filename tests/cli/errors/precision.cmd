levy quote ../fixtures/wallet.json withdrawal "12.505 EUR" --at 2026-11-20 --json
