printf '{"time":"2026-11-20T01:00Z","operation":"withdrawal","amount":280}\n' | levy check okpay withdrawal '50 EUR' --at 2026-11-20T15:00Z --tier basic --history - --account a-1001
