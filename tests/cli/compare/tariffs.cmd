levy compare payment "100 USD" paypal-us square --at 2026-11-22
