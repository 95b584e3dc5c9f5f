levy quote okpay --help --schedules nowhere
