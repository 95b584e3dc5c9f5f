levy test ../fixtures/zones/ ../fixtures/passing.json
