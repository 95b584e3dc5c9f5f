levy quote OKPay withdrawal 250 --schedules ../../../schedules
