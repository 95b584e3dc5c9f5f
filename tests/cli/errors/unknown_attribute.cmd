levy quote ../fixtures/wallet.json withdrawal 250 --metod bank --at 2026-11-20 --json
