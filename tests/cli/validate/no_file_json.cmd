levy validate nowhere.json --format json
