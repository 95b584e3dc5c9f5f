levy quote --json
