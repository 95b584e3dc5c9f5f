levy test -q ../fixtures/passing.json ../fixtures/failing.json
