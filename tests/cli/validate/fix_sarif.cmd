levy validate --fix --format sarif fixable.json
