levy quote ../fixtures/wallet.json withdrawal --method bank --express false --at 2026-11-20 --json
