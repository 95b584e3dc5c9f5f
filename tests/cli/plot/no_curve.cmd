levy plot webmoney withdrawal
