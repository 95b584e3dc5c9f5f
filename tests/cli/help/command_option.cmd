levy quote --help
