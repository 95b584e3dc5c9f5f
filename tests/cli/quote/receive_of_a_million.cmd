levy quote ../fixtures/eaten.json send --receive 10 --at 2026-11-20
