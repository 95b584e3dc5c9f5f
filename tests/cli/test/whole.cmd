levy test ../fixtures/whole_day.json ../fixtures/whole_previous.json ../fixtures/whole_two_cases.json
