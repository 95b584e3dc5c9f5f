levy show ../fixtures/capped.json --html --at 2026-11-22
