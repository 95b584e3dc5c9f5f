levy quote ../fixtures/wallet.json conversion "12.50 EUR" --to USX --at 2026-11-20 --json
