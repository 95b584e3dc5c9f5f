COLUMNS=80 levy tiers okpay --tier basic --at 2026-11-20 --lang zh-CN
