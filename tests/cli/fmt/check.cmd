levy fmt --check schedule.json ../fixtures/broken.json
