COLUMNS=70 levy plot mpesa-kenya withdraw_agent --at 2026-11-22
