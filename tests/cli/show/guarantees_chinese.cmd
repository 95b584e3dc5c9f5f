levy show okpay --lang zh-CN --at 2026-11-20 | grep -A6 Guarantees
