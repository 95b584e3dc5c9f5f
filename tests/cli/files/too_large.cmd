d=$(mktemp -d) && cd $d && truncate -s 70000000 s.json; levy quote ./s.json pay 10; levy quote /dev/zero pay 10; echo $?; rm -r $d
