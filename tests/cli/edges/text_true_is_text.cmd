levy quote ../fixtures/edges.json evening 1 --remark true --express true --at 2026-11-20 --json
