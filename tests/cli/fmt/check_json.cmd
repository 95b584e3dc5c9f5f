levy fmt --check --json schedule.json
