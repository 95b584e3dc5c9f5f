levy plot okpay withdrawal --from-amount 100 --to-amount 1.005
