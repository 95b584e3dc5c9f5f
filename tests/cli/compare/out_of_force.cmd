levy compare pay "10 EUR" ../fixtures/lasting.json ../fixtures/ended.json --curve --at 2026-01-01
