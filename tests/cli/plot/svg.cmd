levy plot mpesa-kenya withdraw_agent --at 2026-11-22 --svg -
