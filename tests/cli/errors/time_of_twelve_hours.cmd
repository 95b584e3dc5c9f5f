levy quote okpay withdrawal 250 --at '4:30 pm'; levy quote okpay withdrawal 250 --at '2026-11-20 4 pm'
