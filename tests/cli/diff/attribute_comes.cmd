levy diff ../../../schedules/paypal-au-2017.json ../../../schedules/paypal-au-2018.json
