COLUMNS=40 levy list --at 2026-11-20
