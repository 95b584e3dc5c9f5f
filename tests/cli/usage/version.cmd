levy --version
