levy compare transfer 0 tokenpocket-networks --gas-price 3 --base-fee 5 --sat-per-vb 2 --vsize 140 --tx-bytes 345 --at 2026-11-22
