levy fmt --diff - < schedule.json
