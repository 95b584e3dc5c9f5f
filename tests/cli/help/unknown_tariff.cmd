levy quote okpya --help
