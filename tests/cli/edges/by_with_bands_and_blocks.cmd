levy quote ../fixtures/edges.json banded 100 --used banded=95 --explain --at 2026-11-20
