levy tiers stripe-eu --at 2026-11-07
