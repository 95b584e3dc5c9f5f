levy validate ../fixtures/recipients.json
