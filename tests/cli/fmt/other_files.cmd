d=$(mktemp -d); cp schedule.json $d/a.json; echo "{}" > $d/package.json; cd $d; levy fmt --write . ; echo "status $?"; cat package.json; rm -r $d
