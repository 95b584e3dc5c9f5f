levy diff ../../../schedules/mkobo.json ../../../schedules/nigeria-kyc.json
