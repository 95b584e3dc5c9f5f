COLUMNS=120 levy help
