echo '{"account": "a", "usage": {"daily": "1"}}' | levy quote - pay 1
