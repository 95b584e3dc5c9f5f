levy quote ../fixtures/wallet.json withdrawal --receive 1000000000000000000 --method card --express false --at 2026-11-20
