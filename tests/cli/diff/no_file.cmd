levy diff okpay okpay --transactions nothing.csv
