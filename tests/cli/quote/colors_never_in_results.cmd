levy quote ../fixtures/wallet.json withdrawal 250 --method card --express false --color always --at 2026-11-20
