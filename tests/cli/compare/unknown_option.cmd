levy compare withdrawal "100 EUR" okpay webmoney --metod card --at 2026-11-22
