levy show ../fixtures/wallet.json --json
