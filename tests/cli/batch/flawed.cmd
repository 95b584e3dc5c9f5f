r=$(mktemp); LEVY_SCHEDULES=../../../examples/batch/tariffs levy batch acquirer ../../../examples/batch/flawed.csv --rejects "$r" --select id --results status,reason; s=$?; cat "$r"; rm "$r"; exit $s
