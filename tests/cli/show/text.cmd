levy show ../fixtures/wallet.json
