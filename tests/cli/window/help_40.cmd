COLUMNS=40 levy help
