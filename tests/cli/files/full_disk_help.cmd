levy --help >/dev/full
