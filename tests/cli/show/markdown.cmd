levy show ../fixtures/wallet.json --markdown
