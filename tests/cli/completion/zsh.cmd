levy completion zsh
