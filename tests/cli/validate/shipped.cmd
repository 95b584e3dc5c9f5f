levy validate --fail-on warning ../../../schedules
