levy explain --list
