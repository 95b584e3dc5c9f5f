levy show ../fixtures/counts.json
