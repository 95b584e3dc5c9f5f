levy list ../../../schedules/okpay.json --lang zh-CN --at 2026-11-20
