levy quote ../fixtures/edges.json evening 1 --at 2045-07-01T12:30:00Z --json
