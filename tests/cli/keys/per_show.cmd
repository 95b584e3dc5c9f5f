levy show ../fixtures/recipients.json
