d=$(mktemp -d) && cp ../fixtures/wallet.json $d && cd $d && printf "operation,amount\ndeposit,5\n" >t.csv; levy batch ./wallet.json t.csv -o wallet.json; echo $?; ls -A; rm -r $d
