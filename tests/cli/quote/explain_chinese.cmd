levy quote ../fixtures/wallet.json withdrawal 250 --method bank --express true --explain --lang zh-CN --at 2026-11-20
