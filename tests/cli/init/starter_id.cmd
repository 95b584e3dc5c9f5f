levy init --id corner-shop | head -4; levy init --id "Corner shop"; echo "status $?"; levy init --currency EUR; echo "status $?"
