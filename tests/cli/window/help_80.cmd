COLUMNS=80 levy help
