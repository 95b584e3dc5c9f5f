levy quote okpay withdrawal 250 --method bank --tier basic --at 2026-11-20 --color always; levy check okpay withdrawal 90 --tier basic --at 2026-11-20 --color always --limits | head -8
