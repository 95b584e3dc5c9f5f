levy compare withdrawal "100 EUR" okpay ../fixtures/wallet.json webmoney --at 2026-11-22 --method card --curve
