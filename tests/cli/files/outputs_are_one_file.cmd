d=$(mktemp -d) && cp ../fixtures/wallet.json $d && cd $d && printf "operation,amount\ndeposit,5\n" >t.csv; levy batch ./wallet.json t.csv -o o.csv --summary ./o.csv; echo $?; ls -A; rm -r $d
