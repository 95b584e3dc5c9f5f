levy fmt --write - < schedule.json
