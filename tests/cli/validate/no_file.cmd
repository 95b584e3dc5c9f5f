levy validate nowhere.json
