levy quote okpay withdrawal --explian "100 EUR" --at 2026-11-20
