levy fmt schedule.json
