levy quote ../fixtures/wallet.json withdrawal 250 --method card --express true --lang fr --at 2026-11-20
