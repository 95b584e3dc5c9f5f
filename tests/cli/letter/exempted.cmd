levy quote alipay-withdrawal withdrawal 100 --letter --at 2026-11-20T16:20
