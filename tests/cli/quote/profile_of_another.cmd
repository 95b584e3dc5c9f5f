printf '{"account": "ada"}' | levy quote ../fixtures/daily.json pay 30 --at 2026-06-20T12:00 --account bob --profile -
