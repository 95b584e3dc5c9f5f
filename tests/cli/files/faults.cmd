levy quote ../fixtures/broken.json send 1 --at 2026-11-20
