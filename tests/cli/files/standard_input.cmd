levy quote - withdrawal 250 --method bank --express false --at 2026-11-20 <../fixtures/wallet.json
