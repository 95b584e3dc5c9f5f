levy quote okpay transaction "250 EUR" --country DE --to-country FR --at 2026-11-20
