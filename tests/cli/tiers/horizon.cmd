levy tiers okpay --at 2026-11-07 --profile ../../../examples/check/profile.json --horizon 90d --lang zh-CN | tail -4
