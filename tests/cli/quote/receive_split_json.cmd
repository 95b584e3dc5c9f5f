levy quote ../fixtures/eaten.json split --receive 10000000000000 --at 2026-11-20 --json
