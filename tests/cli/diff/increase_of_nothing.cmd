levy diff okpay okpay --max-increase 2%
