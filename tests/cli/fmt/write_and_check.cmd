levy fmt --write --check schedule.json
