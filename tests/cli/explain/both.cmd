levy explain cliff --list
