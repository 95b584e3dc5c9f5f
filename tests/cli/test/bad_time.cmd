levy test ../fixtures/passing.json --at soon
