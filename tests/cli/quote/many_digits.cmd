levy quote ../fixtures/wallet.json withdrawal "999999999999999999999999.99 EUR" --method card --express false --at 2026-11-20
