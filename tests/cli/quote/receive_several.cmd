levy quote ../fixtures/corners.json steps --receive 97 --at 2026-11-20
