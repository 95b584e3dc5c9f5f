levy help quote okpay --lang zh-CN --at 2026-11-20
