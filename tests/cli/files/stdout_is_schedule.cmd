d=$(mktemp -d) && cp ../fixtures/wallet.json $d && cd $d; levy show ./wallet.json 1<>wallet.json; echo $?; cmp wallet.json "$OLDPWD"/../fixtures/wallet.json; rm -r $d
