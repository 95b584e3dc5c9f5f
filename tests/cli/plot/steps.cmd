COLUMNS=60 levy plot india-post-money-order money_order --at 2026-11-22 --to-amount 200
