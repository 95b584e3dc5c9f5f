levy validate ../../../schedules/okpay.json -q; echo $?; levy validate ../fixtures/quantity_cliff.json --quiet --fail-on warning | tail -1
