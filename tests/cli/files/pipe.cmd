d=$(mktemp -d) && mkfifo $d/s.json && cd $d; levy quote ./s.json pay 10; echo $?; rm -r $d
