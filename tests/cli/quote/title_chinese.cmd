levy quote okpay withdrawal "250 EUR" --method card --tier premium --lang zh-CN --at 2026-11-20
