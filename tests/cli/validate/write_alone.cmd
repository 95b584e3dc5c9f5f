levy validate --write fixable.json
