levy plot okpay withdrawal --tier basic --svg /dev/full
