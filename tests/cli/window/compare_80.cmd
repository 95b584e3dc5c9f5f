COLUMNS=80 levy compare payment 100 stripe-us square paypal-us --at 2026-11-20
