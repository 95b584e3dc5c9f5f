levy show ../fixtures/keys.json
