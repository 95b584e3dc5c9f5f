levy quote ../fixtures/corners.json tithe --receive 0 --at 2026-11-20
