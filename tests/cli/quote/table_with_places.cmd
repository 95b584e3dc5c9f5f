levy quote ../fixtures/no_entry.json pay 100 --at 2026-11-22
