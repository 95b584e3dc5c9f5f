levy quote ../fixtures/corners.json tithe --receive 1.51 --at 2026-11-20 --json
