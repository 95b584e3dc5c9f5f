levy validate --fix --json fixable.json
