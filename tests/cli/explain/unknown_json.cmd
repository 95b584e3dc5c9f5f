levy explain bands_not_asending --json
