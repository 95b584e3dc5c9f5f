levy show kraken-levels --csv --at 2026-11-22; echo "status $?"; levy show okpay --csv --html; echo "status $?"
