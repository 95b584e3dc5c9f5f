levy quote okpay withdrawal 1250 --method card --tier basic --letter --at 2026-11-20T16:20 --lang zh
