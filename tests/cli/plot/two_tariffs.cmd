COLUMNS=60 levy plot okpay withdrawal ../fixtures/wallet.json webmoney --method bank --tier verified --express false --at 2026-11-22 --to-amount 6000
