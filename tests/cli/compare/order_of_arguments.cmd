levy compare okpay withdrawal 250 --at 2026-11-20; levy compare 250 okpay withdrawal --at 2026-11-20 | head -3
