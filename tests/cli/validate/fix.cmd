levy validate --fix fixable.json
