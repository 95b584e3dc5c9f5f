d=$(mktemp -d); sed "s/\"\$1\"/\"1 EUR\"/" fixable.json > $d/a.json; cd $d; levy validate --fix --write a.json; echo "status $?"; cat a.json; levy validate --fix a.json; echo "status $?"; rm -r $d
