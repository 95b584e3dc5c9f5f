levy --help
