levy quote okpya --schedules ../../../schedules --help
