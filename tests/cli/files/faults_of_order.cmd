levy quote ../fixtures/disordered.json send 1 --at 2026-11-20
