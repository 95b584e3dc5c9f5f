levy completion candidates quote ../fixtures/broken.json '' 2>&1 | head -3
