levy validate --fix --write - < fixable.json
