levy completion csh
