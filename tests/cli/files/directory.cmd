levy quote ../fixtures/ withdrawal 250 --at 2026-11-20
