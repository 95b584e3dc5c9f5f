levy quote --method bank --express false --at 2026-11-20 -- ../fixtures/wallet.json withdrawal 250
