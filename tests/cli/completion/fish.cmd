levy completion fish
