echo '{"levy_rates": 1, "base": "EUR", "rates": {"USD": "1.1"}}' | levy check okpay withdrawal 10 --profile -
