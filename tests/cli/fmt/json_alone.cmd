levy fmt --json schedule.json
