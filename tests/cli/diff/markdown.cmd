levy diff ../../../schedules/ebay-us-2023.json ../../../schedules/ebay-us-2024.json --markdown
