levy fmt schedule.json | levy fmt --check - && echo the layout of a layout is itself
