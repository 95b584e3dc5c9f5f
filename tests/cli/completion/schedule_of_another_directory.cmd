levy completion candidates check --schedules ../fixtures wal ; levy completion candidates quote --schedules ../fixtures wallet withdrawal --me
