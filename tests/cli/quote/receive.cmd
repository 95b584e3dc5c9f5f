levy quote ../fixtures/wallet.json withdrawal --receive 247.50 --method bank --express false --at 2026-11-20
