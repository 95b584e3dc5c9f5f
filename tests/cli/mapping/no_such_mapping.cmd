levy batch okpay ../fixtures/mapping/statement.csv --mapping stripe-balanc 2>&1 | sed "s|in /.*/schedules/mappings|in schedules/mappings|"
