levy explain unused --json
