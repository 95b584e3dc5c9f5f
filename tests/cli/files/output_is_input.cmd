d=$(mktemp -d) && cp ../fixtures/wallet.json $d && cd $d && printf "operation,amount\ndeposit,5\n" >t.csv && ln -s t.csv link.csv; levy batch ./wallet.json t.csv --rejects link.csv; echo $?; rm -r $d
