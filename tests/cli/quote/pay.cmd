levy quote ../fixtures/wallet.json withdrawal --pay 252.98 --method bank --express true --at 2026-11-20
