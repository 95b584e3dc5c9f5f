levy quote okpay withdrawal 80 --method bank --tier basic --at 2026-11-20T16:20 --lang zh-TW | head -2
