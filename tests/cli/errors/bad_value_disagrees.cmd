levy quote okpay transaction 250 --country DE --to-country FR --cross-border false --at 2026-11-20 --json
