levy compare pay 100 ../fixtures/no_entry.json --at 2026-11-22
