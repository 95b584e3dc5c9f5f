levy quote ../fixtures/wallet.json withdrawal "12.50EUR" --at 2026-11-20 --json
