COLUMNS=120 levy list --at 2026-11-20
