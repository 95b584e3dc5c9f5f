d=$(mktemp -d); cp schedule.json $d/a.json; cd $d; levy fmt --write --json a.json; rm -r $d
