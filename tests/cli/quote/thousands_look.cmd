levy quote wallet withdrawal '1.500 EUR' --method bank --at 2026-11-20 --schedules ../fixtures
